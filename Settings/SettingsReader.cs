using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Rates.Settings;

/// <summary>Reads settings into an options class and names everything that cannot be used.</summary>
/// <remarks>
/// A list may be given as one text with commas, which an environment variable or the command line can hold: <c>a,b</c>. Such a text
/// replaces the list as a whole. An empty text means an empty list, unless there are items: <c>[]</c> of a JSON file arrives in that form.
/// </remarks>
public static class SettingsReader
{
    private static readonly IReadOnlyList<string> None = [];

    /// <summary>Reads the section that <typeparamref name="T"/> names with <see cref="SettingsSectionAttribute"/>.</summary>
    public static SettingsRead<T> Read<T>(IConfiguration configuration)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = SettingsSectionAttribute.Of(typeof(T));
        return Read<T>(section.Path, configuration.GetSection(section.Path).AsEnumerable(makePathsRelative: true), section.Inner);
    }

    /// <summary>Reads a block that ships with the settings of an operator laid over it.</summary>
    /// <param name="path">Where the operator's settings are, for messages.</param>
    /// <param name="shipped">The block that ships; empty where none does.</param>
    /// <param name="overrides">The operator's settings; null for none. A list given as one text replaces the items that ship.</param>
    public static SettingsRead<T> ReadOver<T>(string path, IConfiguration shipped, IConfiguration? overrides)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(shipped);
        var settings = Leaves(shipped);
        foreach (var (name, value) in overrides is null ? [] : Leaves(overrides))
        {
            foreach (var item in settings.Keys.Where(item => item.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                settings.Remove(item);
            }

            settings[name] = value;
        }

        return Read<T>(path, settings);
    }

    /// <summary>Reads settings that were collected by the caller.</summary>
    /// <param name="path">Where they were found, for messages.</param>
    /// <param name="settings">Each with its path inside <paramref name="path"/>; an entry without a value counts for nothing.</param>
    /// <param name="inner">First names that are left alone: they are read elsewhere.</param>
    public static SettingsRead<T> Read<T>(
        string path, IEnumerable<KeyValuePair<string, string?>> settings, IReadOnlyList<string>? inner = null)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(path);
        inner ??= None;
        List<string> problems = [];
        List<Dictionary<string, string?>> known = [];
        var groups = settings.Where(setting => setting.Value is not null)
            .GroupBy(setting => setting.Key.Split(':', 2)[0], StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups.Where(group => !inner.Contains(group.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var all = SplitList(typeof(T), group);
            var problemsBefore = problems.Count;
            foreach (var key in all.Keys.ToArray())
            {
                if (UnknownName(path, typeof(T), key, inner) is not { } problem)
                {
                    continue;
                }

                if (problems.IndexOf(problem, problemsBefore) < 0)
                {
                    problems.Add(problem);
                }

                // The other settings of the group are read all the same: what is wrong with them is to be named as well.
                all.Remove(key);
            }

            if (all.Count > 0)
            {
                known.Add(all);
            }
        }

        // One by one only where something is wrong: each read costs a reader of its own.
        if (known.Count > 0 && Unreadable<T>(path, known) is not null)
        {
            problems.AddRange(known.SelectMany(group => RemoveUnreadable<T>(path, group)));
            known.RemoveAll(group => group.Count == 0);
        }

        return new(Section(path, known), problems);
    }

    /// <summary>
    /// Takes each setting that cannot be read out of the group; the whole group when its settings cannot be read together.
    /// </summary>
    /// <returns>What is wrong with each of them.</returns>
    private static List<string> RemoveUnreadable<T>(string path, Dictionary<string, string?> group)
    {
        List<string> problems = [];
        foreach (var (name, value) in Unreadable<T>(path, [group]) is null ? [] : group.ToList())
        {
            if (Unreadable<T>(path, [new() { [name] = value }]) is { } problem)
            {
                problems.Add(problem);
                group.Remove(name);
            }
        }

        if (Unreadable<T>(path, [group]) is { } together)
        {
            problems.Add(together);
            group.Clear();
        }

        return problems;
    }

    private static Dictionary<string, string?> Leaves(IConfiguration configuration) => configuration.AsEnumerable(makePathsRelative: true)
        .Where(setting => setting.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static IConfigurationSection Section(string path, IEnumerable<Dictionary<string, string?>> groups) => new ConfigurationBuilder()
        .AddInMemoryCollection(groups.SelectMany(group => group)
            .Select(setting => KeyValuePair.Create($"{path}:{setting.Key}", setting.Value))
            .OrderBy(setting => setting.Key, Comparer<string>.Create(ConfigurationKeyComparer.Instance.Compare)))
        .Build().GetSection(path);

    private static Dictionary<string, string?> SplitList(Type options, IGrouping<string, KeyValuePair<string, string?>> group)
    {
        var all = group.ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (!all.TryGetValue(group.Key, out var whole) || Property(options, group.Key) is not { } list
            || ItemType(list.PropertyType) is null)
        {
            return all;
        }

        all.Remove(group.Key);
        return whole!.Length == 0
            ? all
            : whole.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Index()
                .ToDictionary(item => $"{group.Key}:{item.Index}", string? (item) => item.Item, StringComparer.OrdinalIgnoreCase);
    }

    private static string? UnknownName(string path, Type type, string key, IReadOnlyList<string> inner)
    {
        while (true)
        {
            var parts = key.Split(':', 2);
            if (Property(type, parts[0]) is not { } property)
            {
                return $"{path}:{parts[0]} is not a setting: {NearestName.Hint(parts[0], [.. Names(type), .. inner])}";
            }

            if (parts.Length == 1)
            {
                return null;
            }

            (path, key, type) = ($"{path}:{parts[0]}", parts[1], property.PropertyType);
            if (ItemType(type) is { } item)
            {
                parts = key.Split(':', 2);
                if (parts.Length == 1)
                {
                    return null;
                }

                (path, key, type) = ($"{path}:{parts[0]}", parts[1], item);
            }

            // Other types, such as dictionaries, take any name: the binder decides whether it can be used.
            if (type.Namespace?.StartsWith("Rates", StringComparison.Ordinal) != true)
            {
                return null;
            }
        }
    }

    private static string? Unreadable<T>(string path, IReadOnlyList<Dictionary<string, string?>> groups)
    {
        try
        {
            Section(path, groups).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true);
            return null;
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or TargetInvocationException)
        {
            // The binder's own message has the setting and its value; the innermost one states what is wrong with the value.
            var reason = Innermost(problem).Message;
            reason = problem.Message.Contains(reason, StringComparison.Ordinal) ? "" : $" {reason}";
            var names = string.Join(", ", groups.SelectMany(group => group.Keys).Select(name => $"{path}:{name}"));
            return $"{names} cannot be read: {problem.Message}{reason}";
        }
    }

    private static Exception Innermost(Exception problem) => problem.InnerException is { } inner ? Innermost(inner) : problem;

    private static PropertyInfo? Property(Type type, string name) =>
        Properties(type).FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(Type type) => Properties(type).Select(property => property.Name);

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod?.IsPublic == true);

    // What a list holds; null for anything that is not a list, dictionaries and text included.
    private static Type? ItemType(Type type) => type.IsArray
        ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableTo(typeof(IEnumerable<>).MakeGenericType(item))
            ? item
            : null;
}
