using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class with <c>[MdevParent]</c>.</summary>
internal static class MdevParentReader
{
    private static readonly string[] s_overridable =
        ["Driver", "Capacity", "MaxInstances", "Budgets", "OneTypeAtATime", "DeviceApi", "CreateTypes", "CreateDevice"];

    public static MdevParentModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        if (type.Attribute(AttributeNames.MdevParent) is not { } attribute
            || TypeShell.Read(type, mistakes, cancel) is not { } shell)
        {
            return null;
        }

        if (type.WhyNotInstantiable() is { } why)
            mistakes.Add(TypeRules.GenericOrAbstract, Place.Of(type), type.Name, why);

        string name = attribute.Argument(0, "");
        if (!SysfsName.IsValid(name))
            mistakes.Add(TypeRules.BadName, Place.Of(attribute, "name"), name);
        long capacity = AtLeastOne(attribute, "Capacity", mistakes);
        long maxInstances = AtLeastOne(attribute, "MaxInstances", mistakes);

        if (type.BaseNamed(AttributeNames.MdevParentBase) is not { TypeArguments: [var device, var config] })
        {
            mistakes.Add(TypeRules.WrongBase, Place.Of(type), type.Name, "[MdevParent]", "Mdev.Sdk.MdevParent<TDevice, TConfig>");
            return null;
        }

        List<string> overridden = s_overridable.Where(n => type.Declares(n, m => m.IsOverride)).ToList();
        var budgetReader = new MdevBudgetReader(type, !overridden.Contains("Budgets"), mistakes);
        EquatableArray<MdevBudgetModel> budgets = budgetReader.ReadBudgets();
        if (!attribute.HasNamed("Capacity"))
            capacity = maxInstances > 0 || budgets.Count > 0 || CountsItself(type) ? long.MaxValue : 1;
        EquatableArray<MdevTypeModel> types = ReadTypes(type, config, capacity, budgetReader, mistakes, cancel);
        EquatableArray<string> arguments = overridden.Contains("CreateDevice")
            ? default
            : DeviceConstructor.Find(type, device, config, mistakes);
        return new MdevParentModel(
            shell,
            name,
            capacity,
            device.Qualified(),
            config.Qualified(),
            types,
            arguments,
            overridden.ToEquatableArray(),
            mistakes.Fatal)
        {
            DeviceApi = DeviceApiOf(device),
            MaxInstances = maxInstances,
            Budgets = budgets,
            OneTypeAtATime = attribute.Named("OneTypeAtATime", false),
        };
    }

    // 0 where it is not given.
    private static long AtLeastOne(AttributeData attribute, string argument, Mistakes mistakes)
    {
        long value = attribute.Named(argument, (long)attribute.Named(argument, 0));
        if (value < 1 && attribute.HasNamed(argument))
            mistakes.Add(TypeRules.BadAmount, Place.Of(attribute, argument), argument, Text(value));
        return value;
    }

    // A vendor's own accounting limits the parent in its stead.
    private static bool CountsItself(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null && !at.Is(AttributeNames.MdevParentBase); at = at.BaseType)
        {
            if (at.Declares("CountAvailable", m => m.IsOverride) || at.Declares("Reserve", m => m.IsOverride))
                return true;
        }

        return false;
    }

    // Source: linux/vfio.h, VFIO_DEVICE_API_*_STRING.
    private static string? DeviceApiOf(ITypeSymbol device)
    {
        for (ITypeSymbol? at = device; at is not null; at = at.BaseType)
        {
            if (at.Attribute(AttributeNames.VfioDevice) is { } attribute)
                return "vfio-" + VfioDeviceReader.ApiOf(attribute).Split('.').Last().ToLowerInvariant();
        }

        return null;
    }

    private static EquatableArray<MdevTypeModel> ReadTypes(
        INamedTypeSymbol type, ITypeSymbol config, long capacity, MdevBudgetReader budgets, Mistakes mistakes, CancellationToken cancel)
    {
        var types = new List<MdevTypeModel>();
        var places = new Dictionary<string, (ISymbol Symbol, AttributeData Attribute)>(StringComparer.Ordinal);
        foreach (ISymbol member in type.GetMembers())
        {
            cancel.ThrowIfCancellationRequested();
            if (member is not IPropertySymbol property || property.Attribute(AttributeNames.MdevType) is not { } attribute)
                continue;

            string name = attribute.Argument(0, "");
            if (!SysfsName.IsValid(name))
                mistakes.Add(TypeRules.BadName, Place.Of(attribute, "name"), name);
            else if (places.TryGetValue(name, out (ISymbol Symbol, AttributeData Attribute) other))
                mistakes.AddPair(TypeRules.DuplicateType, Place.Of(attribute, "name"), Place.Of(other.Attribute, "name"), name, other.Symbol.Name, property.Name);
            else
                places.Add(name, (property, attribute));

            long cost = attribute.Named("Cost", 1L);
            if (cost < 1)
                mistakes.Add(TypeRules.BadAmount, Place.Of(attribute, "Cost"), "Cost", Text(cost));
            else if (cost > capacity && capacity >= 1)
                mistakes.Add(TypeRules.CostAboveCapacity, Place.Of(attribute, "Cost"), property.Name, Text(cost), "the parent's capacity", Text(capacity));
            EquatableArray<MdevBudgetModel> costs = budgets.ReadCosts(property);

            if (property is { IsStatic: true, GetMethod: not null } && IsOrDerives(property.Type, config))
                types.Add(new MdevTypeModel(name, attribute.Argument(1, ""), cost, property.Name.Identifier(), costs, attribute.Named<string?>("Description", null)));
            else if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(TypeRules.BadTypeProperty, Place.Of(property), property.Name, config.Shown());
        }

        return types.ToEquatableArray();
    }

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol wanted)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, wanted))
                return true;
        }

        return false;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
