/** What gives benchmarks an engine without a framework; in the package of the engine, because only there can it be given plugins. */
package org.oncotwin.engine;
