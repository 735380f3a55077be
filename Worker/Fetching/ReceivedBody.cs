using Rates.Providers;

namespace Rates.Worker;

/// <summary>An answer of a fetch, for evidence.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Response">The answer; it has a body.</param>
/// <param name="At">When it was received, UTC.</param>
internal sealed record ReceivedBody(ProviderRequest Request, ProviderResponse Response, DateTimeOffset At);
