using System.Text;

namespace Rates.Providers;

/// <summary>
/// Makes the charsets of Windows and of national standards known to the framework, which knows only UTF ones and Latin-1.
/// </summary>
internal static class CodePages
{
    /// <summary>Registers them; a second call changes nothing.</summary>
    public static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
