/** UCUM unit conversion. */
package org.oncotwin.units;
