/** Twins of patients in the site's database, each in versions of which none is ever altered or removed. */
package org.oncotwin.patient;
