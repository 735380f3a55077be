using Rates.Core;

namespace Rates.Providers;

/// <summary>A provider that an operator declared without code: its JSON settings say how the source is asked and read.</summary>
internal sealed class DeclaredProvider : RateProvider
{
    private readonly ReadingPlan _plan;

    internal DeclaredProvider(string key, ProviderBlock block, ReadingPlan plan)
        : base(key, block) => _plan = plan;

    /// <inheritdoc/>
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => _plan.Requests(window);

    /// <inheritdoc/>
    protected override IEnumerable<Observation> Parse(ProviderBody body) => _plan.Figures(body);

    /// <inheritdoc/>
    protected override bool IsNoData(ProviderBody body) => _plan.IsNoData(body);
}
