/** Surgical scenes as meshes for FEniCSx. */
package org.oncotwin.export.fenics;
