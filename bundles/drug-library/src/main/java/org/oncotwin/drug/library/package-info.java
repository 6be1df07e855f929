/** Drugs that come with the system. */
package org.oncotwin.drug.library;
