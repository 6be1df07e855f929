/** Antibodies that block immune checkpoints: how much of a receptor's ligand they keep away over time. */
package org.oncotwin.treatment.immunotherapy;
