/** Layer 4 of the kit: the built bundle in a running framework. */
package org.oncotwin.sdk.conformance.container;
