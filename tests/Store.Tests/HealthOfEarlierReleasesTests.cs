using System.Text.Json;
using Rates.Core;

namespace Rates.Store.Tests;

/// <summary>Health that an earlier release stored has no odd rows in it.</summary>
public sealed class HealthOfEarlierReleasesTests
{
    [Fact]
    public void Health_without_odd_rows_has_none()
    {
        var health = JsonSerializer.Deserialize("{\"failures\":2,\"reason\":\"timed out\"}", StoreFormat.Json.ProviderHealth)!;

        Assert.Equal((2, "timed out", 0), (health.Failures, health.Reason, health.OddRows));
        Assert.Empty(health.FirstOddRows);
        Assert.Empty(health.FirstRefusedRows);
    }

    [Fact]
    public void Odd_rows_are_read_as_they_were_stored()
    {
        OddRow[] odd = [new("row 12, cell EUR", "'-' is not a number of the form Point")];

        var health = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(new ProviderHealth { OddRows = 7, FirstOddRows = odd }, StoreFormat.Json.ProviderHealth),
            StoreFormat.Json.ProviderHealth)!;

        Assert.Equal(7, health.OddRows);
        Assert.Equal(odd, health.FirstOddRows);
    }
}
