/** Unit conversion by the Unified Code for Units of Measure (UCUM). */
package org.oncotwin.units;
