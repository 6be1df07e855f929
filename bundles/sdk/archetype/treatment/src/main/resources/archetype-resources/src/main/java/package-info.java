/** ${pluginTitle}. */
package ${package};
