using Rates.Settings;

namespace Rates.Worker;

/// <summary>
/// Settings of alerts about providers: where they are sent and when. Section <c>Rates:Alerts</c>; without a receiver there are none.
/// </summary>
[SettingsSection(Section)]
public sealed class AlertOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Rates:Alerts";

    /// <summary>How long a provider must be in a state before that is told; 0 to 1 d, default 2 min.</summary>
    [Between("00:00:00", "1.00:00:00")]
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a provider must be well again before that is told; 0 to 1 d, default 10 min.</summary>
    [Between("00:00:00", "1.00:00:00")]
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Receivers over HTTP; none unless set.</summary>
    public IList<WebhookOptions> Webhooks { get; init; } = [];

    /// <summary>Receivers by e-mail; nobody while <see cref="MailOptions.Server"/> is empty.</summary>
    public MailOptions Mail { get; init; } = new();
}

/// <summary>Settings of one receiver of alerts over HTTP.</summary>
public sealed class WebhookOptions
{
    /// <summary>The address that messages are posted to; empty where <see cref="UrlFile"/> has it.</summary>
    public string Url { get; set; } = "";

    /// <summary>File with the address, for receivers whose address is itself a secret; empty for none.</summary>
    public string UrlFile { get; set; } = "";

    /// <summary>File with the secret that messages are signed with; empty for unsigned messages.</summary>
    public string SecretFile { get; set; } = "";
}

/// <summary>Settings of alerts by e-mail: the receivers, and the mail server.</summary>
public sealed class MailOptions
{
    /// <summary>The server's host; empty for no e-mail.</summary>
    public string Server { get; set; } = "";

    /// <summary>Its port; 587 unless set.</summary>
    public int Port { get; set; } = 587;

    /// <summary>
    /// <c>starttls</c> (refused where the server does not offer it), <c>tls</c> from the first byte on, or <c>none</c>.
    /// </summary>
    public string Security { get; set; } = "starttls";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>The receivers' addresses, separated by commas.</summary>
    public string To { get; set; } = "";

    /// <summary>The name to sign in with; empty for a server that asks for none.</summary>
    public string User { get; set; } = "";

    /// <summary>File with the password of <see cref="User"/>.</summary>
    public string PasswordFile { get; set; } = "";
}
