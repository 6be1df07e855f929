/** A tumour's immune cells and checkpoints: equations, parameters, markers and quantities that the growth models with immune cells share. */
package org.oncotwin.tumour.immune;
