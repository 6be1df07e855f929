/** Changes of controlled combinations, from the proposal to the version that is in use or was taken back. */
package org.oncotwin.change.control;
