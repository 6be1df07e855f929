/** JMH benchmarks. */
package org.oncotwin.benchmarks;
