/** Radiation with the linear-quadratic model. */
package org.oncotwin.treatment.radiation.lq;
