/** NIfTI reading and writing, resampling, segmentation. */
package org.oncotwin.imaging;
