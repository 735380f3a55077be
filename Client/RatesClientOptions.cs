namespace Rates.Client;

/// <summary>Settings of <see cref="RatesClient"/>, such as the address of the service and the API key.</summary>
public sealed class RatesClientOptions
{
    /// <summary>Address of the service, such as <c>http://rates:8080</c>; a path before <c>/v1</c> is kept. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>Sent as <c>X-Api-Key</c> with every request; empty for none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The longest time of one call, with all its tries, until the answer begins. More than zero.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time of one try until the answer begins; at most <see cref="Timeout"/>, and more than zero.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The longest time from the beginning of an answer to its end; more than zero. Histories and events that are read while they arrive
    /// have no such limit.
    /// </summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a read is tried again after a failure, 0 to 10.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>
    /// Most bytes of answers that are kept in memory. A kept answer is asked for with its entity tag, so the service sends it
    /// again only when it has changed. 0 keeps none.
    /// </summary>
    public int KeptBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// For how long after the service last confirmed an answer that answer may be given while the service cannot be reached.
    /// Zero, the default: an unreachable service is an exception. <see cref="RatesAnswer.ReceivedAt"/> says how old an answer is.
    /// </summary>
    public TimeSpan UseKeptFor { get; set; } = TimeSpan.Zero;
}
