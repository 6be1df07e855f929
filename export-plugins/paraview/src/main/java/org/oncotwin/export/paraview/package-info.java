/** Fields and trajectory as ParaView files. */
package org.oncotwin.export.paraview;
