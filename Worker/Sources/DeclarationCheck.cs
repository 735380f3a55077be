using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Decides whether a provider that an operator declared without code may come into force on this worker.</summary>
internal sealed class DeclarationCheck(ProviderTable table, EndpointRules rules, TimeProvider time)
{
    /// <summary>Everything that is wrong with a declaration, or the provider.</summary>
    public (RateProvider? Provider, IReadOnlyList<FieldProblem> Problems) Read(string key, string json)
    {
        var (provider, found) = Declaration.Read(key, json, out var block);
        List<FieldProblem> problems = [.. found.Select(problem => new FieldProblem(
            problem.Field, SafeText.Safe(problem.Value, ""), SafeText.Safe(problem.Why, "")))];
        if (table.Configured.Find(key) is { } shipped)
        {
            problems.Add(new("key", key, $"is the key of a provider of this program, {shipped.Block.Name}: take another one"));
        }

        if (block is not null)
        {
            IEnumerable<FieldProblem> others = [.. rules.DeclaredProblems(block), .. ScheduleProblems(key, block)];
            problems.AddRange(others.Where(other => !problems.Exists(known => known.Field == other.Field)).ToList());
        }

        return problems.Count == 0 ? (provider, problems) : (null, problems);
    }

    /// <summary>The provider, or what is wrong in words.</summary>
    public (RateProvider? Provider, string Problem) Provider(string key, string json)
    {
        var (provider, problems) = Read(key, json);
        return (provider, string.Join("; ", problems));
    }

    private IEnumerable<FieldProblem> ScheduleProblems(string key, ProviderBlock block)
    {
        if (block.Schedule.Length == 0)
        {
            return [];
        }

        try
        {
            var definition = ScheduleTable.Definition(block) with { MinimumGap = block.LeastGap };
            _ = ScheduleCheck.Checked(key, definition, block.LeastGap, time.GetUtcNow());
            return [];
        }
        catch (ScheduleFormatException wrong)
        {
            return [new(wrong.Field == "cron" ? "schedule" : wrong.Field, wrong.Value, wrong.Why)];
        }
    }
}
