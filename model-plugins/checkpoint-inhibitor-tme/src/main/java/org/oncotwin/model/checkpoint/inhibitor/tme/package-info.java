/** Growth of a tumour that effector T cells kill, under blockade of immune checkpoints. */
package org.oncotwin.model.checkpoint.inhibitor.tme;
