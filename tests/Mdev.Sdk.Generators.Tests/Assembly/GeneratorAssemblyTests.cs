using System.Reflection;
using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Tests.Assembly;

public sealed class GeneratorAssemblyTests
{
    [Fact]
    public void The_generator_asks_for_the_compiler_of_the_first_NET_10_SDK()
    {
        // One built on a newer Roslyn is not loaded, and the compiler only warns of it (CS9057).
        Dictionary<string, string> references = typeof(MdevGenerator).Assembly.GetReferencedAssemblies()
            .ToDictionary(r => r.Name!, r => r.Version!.ToString());

        Assert.Equal("4.14.0.0", references["Microsoft.CodeAnalysis"]);
        Assert.Equal("4.14.0.0", references["Microsoft.CodeAnalysis.CSharp"]);
        Assert.Equal(
            ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "netstandard"],
            references.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_name_that_the_generator_knows_is_in_the_runtime()
    {
        FieldInfo[] names = typeof(AttributeNames).GetFields(BindingFlags.Public | BindingFlags.Static);

        Assert.NotEmpty(names);
        Assert.All(names, n => Assert.NotNull(typeof(RegisterAttribute).Assembly.GetType((string)n.GetValue(null)!)));
    }

    [Fact]
    public void Every_attribute_of_the_runtime_is_known_to_the_generator()
    {
        HashSet<string> known = [.. typeof(AttributeNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(n => (string)n.GetValue(null)!)];

        IEnumerable<string> attributes = typeof(RegisterAttribute).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "Mdev.Sdk" && t.IsSubclassOf(typeof(Attribute)))
            .Select(t => t.FullName!);

        Assert.Empty(attributes.Except(known));
    }

    [Fact]
    public void Emitting_is_given_no_symbols()
    {
        // What it is given it could keep, and what it asks of a symbol no model compares.
        IEnumerable<Type> emitters = typeof(AttributeNames).Assembly.GetTypes().Where(t => t.Namespace == "Mdev.Sdk.Generators.Emitting");
        foreach (MethodInfo method in emitters.SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
            Assert.DoesNotContain(method.GetParameters(), p => p.ParameterType.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true);
    }
}
