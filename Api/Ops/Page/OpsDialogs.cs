namespace Rates.Api;

/// <summary>Writes the dialogs of the operators' page in which providers' addresses, keys and schedules are changed.</summary>
internal static class OpsDialogs
{
    /// <summary>Addresses, headers and key of a provider.</summary>
    public static void Endpoint(HtmlBuilder html) => html.Add($"""
        <dialog id="endpoint" aria-labelledby="endpoint-title">
          <form method="dialog">
            <h2 id="endpoint-title">Endpoint</h2>
            <p class="help">What is left empty stays as it ships. Addresses may name these hosts: <span data-hosts></span>.</p>
            <label>Address <input name="address" type="url" autocomplete="off" spellcheck="false"></label>
            <label>Further addresses, one a line: name = address
              <textarea name="addresses" rows="2" spellcheck="false"></textarea></label>
            <label>Headers, one a line: name = value <textarea name="headers" rows="2" spellcheck="false"></textarea></label>
            <label>Headers with secrets, one a line: name = file NAME, or name = variable NAME
              <textarea name="secretHeaders" rows="2" spellcheck="false"></textarea></label>
            <label>Key: file NAME, or variable NAME <input name="key" autocomplete="off" spellcheck="false"></label>
            <p class="help">A secret is named here and read by the workers: a file in their secrets folder, or an environment variable
            whose name begins with RATES_SECRET_.</p>
            <p class="help" data-state></p>
            <p class="wrong" role="alert"></p>
            <div class="buttons">
              <button data-do="save-endpoint">Save</button>
              <button class="plain" data-do="preview-endpoint">Check</button>
              <button class="plain" data-do="reset-endpoint">Take back to what ships</button>
              <button type="button" class="plain" data-close>Close</button>
            </div>
          </form>
        </dialog>
        """);
}
