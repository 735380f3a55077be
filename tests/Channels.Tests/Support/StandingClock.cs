using Rates.Api.Tests;

namespace Rates.Channels.Tests;

/// <summary>A clock that stands at the instant of the sample, while pauses pass as they do.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Sample.Now;
}
