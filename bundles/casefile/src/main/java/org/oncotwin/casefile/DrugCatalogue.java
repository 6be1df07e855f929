package org.oncotwin.casefile;

import java.util.List;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.plugin.InvalidInputException;
import org.osgi.annotation.versioning.ProviderType;

/** The drugs and regimens of the libraries that are there, as cases may name them. */
@ProviderType
public interface DrugCatalogue {

    /**
     * All drugs, sorted by id.
     *
     * @throws InvalidCaseException with everything that is wrong with the files of the libraries
     */
    List<Drug> drugs();

    /**
     * A drug by its id or another name, in capital or small letters.
     *
     * @throws InvalidInputException listing what is known if there is none such
     */
    Drug drug(String name);

    /**
     * All regimens, sorted by id.
     *
     * @throws InvalidCaseException with everything that is wrong with the files of the libraries
     */
    List<Regimen> regimens();

    /**
     * A regimen by its id or another name, in capital or small letters.
     *
     * @throws InvalidInputException listing what is known if there is none such
     */
    Regimen regimen(String name);
}
