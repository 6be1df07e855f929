/** Surgical scenes for MuJoCo. */
package org.oncotwin.export.mujoco;
