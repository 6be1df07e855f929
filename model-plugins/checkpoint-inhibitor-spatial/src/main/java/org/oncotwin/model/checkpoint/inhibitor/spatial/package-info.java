/** Growth on a grid of a tumour that effector T cells kill where they reach it, under blockade of immune checkpoints. */
package org.oncotwin.model.checkpoint.inhibitor.spatial;
