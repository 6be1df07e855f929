/** Layer 3 of the kit: cases with expected numbers, run on the built bundle in a running framework. */
package org.oncotwin.sdk.conformance.cases;
