/** Combinations of plugins: what a feature file says, whether it can work, and the bundles that it needs. */
package org.oncotwin.change.combination;
