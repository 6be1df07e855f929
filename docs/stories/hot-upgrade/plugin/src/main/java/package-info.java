/** Von Bertalanffy growth. */
package org.example.bertalanffy;
