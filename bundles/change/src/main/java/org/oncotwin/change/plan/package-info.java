/** The predetermined change control plan as a file, and what lies within it. */
package org.oncotwin.change.plan;
