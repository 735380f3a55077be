using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Api;

/// <summary>
/// Settings of access to the Api: whether anybody may read rates, request limits, trusted proxies and the first administrator. Section
/// <c>Rates:Access</c>.
/// </summary>
[SettingsSection("Rates:Access")]
public sealed class AccessOptions
{
    /// <summary>Whether rates are answered to everybody. False: only to who has at least the role <c>read</c>.</summary>
    /// <value>True unless set.</value>
    public bool OpenReads { get; set; } = true;

    /// <summary>Requests a minute from one address without credentials; IPv6 addresses count by their /64 network.</summary>
    /// <value>0, which is no limit, to 1,000,000; 0 unless set.</value>
    [Between(0, 1_000_000)]
    public int RequestsPerMinute { get; set; }

    /// <summary>
    /// Addresses or networks (such as <c>10.0.0.0/8</c>) of reverse proxies that end TLS. Only from them are
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> believed. Empty for none.
    /// </summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// File with the password of the user <c>admin</c>, which is created with it, or given it where it has another. Empty: at the
    /// first start one is generated and written to <c>admin-password</c> in the data folder.
    /// </summary>
    public string AdminPasswordFile { get; set; } = "";
}

/// <summary>Checks that each setting of <see cref="AccessOptions"/> is within its range.</summary>
[OptionsValidator]
internal sealed partial class AccessOptionsRangeValidator : IValidateOptions<AccessOptions>;

/// <summary>Checks the settings of <see cref="AccessOptions"/> that are addresses and file names, which no range can express.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> wrong =
        [
            .. from proxy in options.TrustedProxies
               where NetworkParser.Parse(proxy) is null
               select $"Rates:Access:TrustedProxies: '{proxy}' is not an address or a network such as 10.0.0.0/8",
        ];
        if (options.AdminPasswordFile.Length > 0 && !File.Exists(options.AdminPasswordFile))
        {
            wrong.Add($"Rates:Access:AdminPasswordFile: there is no file '{options.AdminPasswordFile}'");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
