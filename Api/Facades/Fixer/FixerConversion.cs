using System.Text.Json;

namespace Rates.Api;

/// <summary>A converted amount, as it is written in an answer in Fixer's form.</summary>
/// <param name="Day">The rates it was converted with.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Amount">The amount of the base, and the decimal places of the result.</param>
/// <param name="Asked">The requested day; null for the latest rate.</param>
/// <param name="Timestamp">Seconds since 1970.</param>
/// <param name="IsHost">True for the answer of exchangerate.host.</param>
internal sealed record FixerConversion(FacadeDay Day, FacadeRate Rate, HostAmount Amount, DateOnly? Asked, long Timestamp, bool IsHost)
{
    /// <summary>Writes the members of the answer.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("query");
        json.WriteString("from", Day.Base.Code);
        json.WriteString("to", Rate.Quote.Code);
        json.WriteNumber("amount", Amount.Amount);
        json.WriteEndObject();
        json.WriteStartObject("info");
        json.WriteNumber("timestamp", Timestamp);
        json.WriteNumber("rate", Rate.Shown);
        if (IsHost)
        {
            // Its newer version calls the rate a quote; its older one calls it a rate.
            json.WriteNumber("quote", Rate.Shown);
        }

        json.WriteEndObject();
        json.WriteBoolean("historical", Asked is not null);
        json.WriteString("date", (Asked ?? Rate.Day).ToText());
        json.WriteNumber("result", Amount.Of(Rate));
    }
}
