using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rates.Core;

namespace Rates.Store.Tests;

/// <summary>
/// A record that an earlier release stored lacks the members that came later: each of them then has the value that a new object has.
/// </summary>
public sealed class OlderRecordTests
{
    /// <summary>Every type of this product that is stored as JSON, with all types in it.</summary>
    public static TheoryData<Type> Stored =>
    [
        .. Reachable(
            [
                .. typeof(StoreJson).GetProperties().Select(property => property.PropertyType.GetGenericArguments()[0]),
            ])
            // What a person wrote is read, and never stored.
            .Where(type => type != typeof(HandWritten))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_member_that_is_missing_has_its_default(Type type)
    {
        var made = Make(type);
        var needed = Needed(type);
        var whole = JsonSerializer.SerializeToNode(made, TypeInfo(type))!.AsObject();
        JsonObject least = new(whole.Where(member => needed.Contains(member.Key)).Select(
            member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

        var read = least.Deserialize(TypeInfo(type))!;

        Assert.Equal(Text(made, type), Text(read, type));
    }

    private static JsonTypeInfo TypeInfo(Type type) => StoreFormat.Json.RateSheet.Options.GetTypeInfo(type);

    private static object Make(Type type)
    {
        var constructor = Constructor(type);
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType))]);
        foreach (var required in Members(type).Where(IsRequired))
        {
            required.SetValue(made, Sample(required.PropertyType));
        }

        return made;
    }

    private static HashSet<string> Needed(Type type) =>
    [
        .. Constructor(type).GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)),
        .. Members(type).Where(IsRequired).Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)),
    ];

    private static ConstructorInfo Constructor(Type type) => type.GetConstructors().Single();

    private static string Text(object value, Type type) => string.Join(
        '\n', Members(type).Select(member => $"{member.Name} = {JsonSerializer.Serialize(member.GetValue(value))}"));

    private static IEnumerable<PropertyInfo> Members(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(member => member.SetMethod is not null && member.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition
            is not JsonIgnoreCondition.Always);

    private static bool IsRequired(PropertyInfo member) => member.GetCustomAttribute<RequiredMemberAttribute>() is not null;

    private static object? Sample(Type type) => type switch
    {
        _ when type == typeof(string) => "x",
        _ when type == typeof(JsonElement) => JsonElement.Parse("{}"),
        _ when type == typeof(Observation) => Sheets.Figure("EUR/USD", 1.1m),
        { IsInterface: true } when type.GetGenericArguments() is [var item] => Array.CreateInstance(item, 0),
        { IsInterface: true } => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments())),
        { IsClass: true } when type.Namespace?.StartsWith("Rates", StringComparison.Ordinal) == true => Make(type),
        _ => Activator.CreateInstance(type),
    };

    private static HashSet<Type> Reachable(IReadOnlyList<Type> types)
    {
        HashSet<Type> seen = [];
        Queue<Type> next = new(types);
        while (next.TryDequeue(out var type))
        {
            if (type.IsGenericType)
            {
                foreach (var argument in type.GetGenericArguments())
                {
                    next.Enqueue(argument);
                }
            }
            else if (type is { IsClass: true, IsAbstract: false } && type.Namespace?.StartsWith("Rates", StringComparison.Ordinal) == true
                && seen.Add(type))
            {
                foreach (var member in Members(type))
                {
                    next.Enqueue(member.PropertyType);
                }
            }
        }

        return seen;
    }
}
