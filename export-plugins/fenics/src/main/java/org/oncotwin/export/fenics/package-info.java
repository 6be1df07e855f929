/** Meshes, tags and materials of scenes for FEniCSx. */
package org.oncotwin.export.fenics;
