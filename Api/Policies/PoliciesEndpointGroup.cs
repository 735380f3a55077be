using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>
/// Maps the endpoint that lists the policies (named choices of providers, day and rounding) that requests may name: <c>/v1/policies</c>.
/// </summary>
internal sealed class PoliciesEndpointGroup : IEndpointGroup
{
    private static readonly AnswerWriter<IReadOnlyList<PolicyView>> Writer = new(
        options => new PoliciesJson(options).IReadOnlyListPolicyView, ToTable);

    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<PolicyCatalog>();
        services.AddSingleton<IValidateOptions<ApiOptions>>(provider => provider.GetRequiredService<PolicyCatalog>());
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        IReadOnlyList<PolicyView> policies = [.. routes.Get<PolicyCatalog>().All.Select(PolicyView.Of)];
        var time = routes.Get<TimeProvider>();
        routes.MapRead(
            "/v1/policies",
            context => Writer.SendAsync(
                context, policies, AnswerChoice.Parse(context.Request), CacheLifetime.For(CacheTime), time.GetUtcNow()))
            .DescribeRead<IReadOnlyList<PolicyView>>(
                "GetPolicies", "The named choices of providers, day and rounding that policy= takes", AnswerChoice.OnlyFormat);
    }

    private static RowTable ToTable(IReadOnlyList<PolicyView> policies)
    {
        var table = new RowTable("policies", "policy", "name", "title", "basis", "providers", "select", "day", "round", "rounding");
        foreach (var one in policies)
        {
            table.Add(
                one.Name, one.Title, one.Basis, Cell.OfList(one.Providers), one.Select, one.Day, one.Round, one.Rounding);
        }

        return table;
    }
}

/// <summary>JSON serialization of the answer of <c>/v1/policies</c>.</summary>
[JsonSerializable(typeof(IReadOnlyList<PolicyView>))]
internal sealed partial class PoliciesJson : JsonSerializerContext;
