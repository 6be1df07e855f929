/** Layer 1 of the kit: what a built bundle says in its manifest, and what lies in its archive. */
package org.oncotwin.sdk.conformance.manifest;
