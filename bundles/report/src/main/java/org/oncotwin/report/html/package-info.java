/** Writes reports as HTML: sections as values, templates as resources, pictures as SVG and PNG inside the page. */
package org.oncotwin.report.html;
