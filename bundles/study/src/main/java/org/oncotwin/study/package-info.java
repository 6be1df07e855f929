/** Studies that the site keeps: they go on after a pause, a change of a plugin or a crash. */
package org.oncotwin.study;
