using Rates.Settings;

namespace Rates.Channels;

/// <summary>
/// Settings of one channel: a transport other than HTTP that answers the same requests. Section <c>Rates:Channels:NAME</c>, where the
/// operator chooses the name. <see cref="ChannelType"/> says which settings each type has.
/// </summary>
[SettingsSection("Rates:Channels")]
public sealed class ChannelOptions
{
    /// <summary>The transport: <c>amqp10</c>, <c>amqp091</c>, <c>zeromq</c>, <c>grpc</c> or <c>redis</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Where to connect, or to listen, such as <c>amqp://127.0.0.1:5672</c>. Without a user and a password.</summary>
    public string Address { get; set; } = "";

    /// <summary>Which operations may be asked, and <c>events</c> for changes; empty for all.</summary>
    public IList<string> Operations { get; init; } = [];

    /// <summary>The queue or address that requests come from. <c>rates</c> unless set; empty for no requests.</summary>
    public string Queue { get; set; } = "rates";

    /// <summary>Where messages go that cannot be answered. The queue's name with <c>.dead</c> behind it unless set.</summary>
    public string DeadLetters { get; set; } = "";

    /// <summary>Where changes are sent: an exchange, an address, or the endpoint of a PUB socket. Empty for nowhere.</summary>
    public string Events { get; set; } = "";

    /// <summary>Requests that are answered at the same time; further ones wait at the broker or the client.</summary>
    /// <value>1 to 1,000; 32 unless set.</value>
    public int Prefetch { get; set; } = 32;

    /// <summary>Whether queues and exchanges that are not there are made.</summary>
    /// <value>True unless set.</value>
    public bool Declare { get; set; } = true;

    /// <summary>The user at the broker; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>File with the password of <see cref="User"/>, read at each connecting; empty for none.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>
    /// File with an API key that counts for requests without one and for changes. It opens the channel, where reads are closed, to
    /// everybody who reaches it. Empty for none.
    /// </summary>
    public string KeyFile { get; set; } = "";

    /// <summary>File with the secret CURVE key of the server, 40 characters of Z85; empty for none.</summary>
    public string CurveKeyFile { get; set; } = "";

    /// <summary>Whether ZeroMQ may listen on other addresses than loopback without CURVE.</summary>
    public bool AllowPlain { get; set; }

    /// <summary>File with the certificate of the server, in PEM; empty for none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>File with the private key of the certificate, in PEM.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>The key of the Redis stream that changes are added to. <c>rates:changes</c> unless set.</summary>
    public string Stream { get; set; } = "rates:changes";

    /// <summary>About how many of the newest changes the Redis stream keeps.</summary>
    /// <value>100 to 10,000,000; 10,000 unless set.</value>
    public int Length { get; set; } = 10_000;
}
