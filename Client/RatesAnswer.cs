using System.Text.Json.Serialization;

namespace Rates.Client;

/// <summary>An answer of the service to a request for rates, for one base and day.</summary>
public abstract record RatesAnswer
{
    /// <summary>
    /// When the service sent this answer, or confirmed that it has not changed. It is older than the call only where
    /// <see cref="RatesClientOptions.UseKeptFor"/> allows that and the service could not be reached.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset ReceivedAt { get; internal set; }
}
