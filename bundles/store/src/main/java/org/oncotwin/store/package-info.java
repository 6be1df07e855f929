/**
 * What a site keeps. Three components, all made by the configuration {@code org.oncotwin.store}: the folder with its lock, the database, and the contents.
 *
 * <pre>
 * lock                  who has the folder open (operating system lock; number of the process as text)
 * database/             the embedded database, if no other is configured
 * contents/ab/cdef...   contents by SHA-256
 * </pre>
 */
package org.oncotwin.store;
