using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class with <c>[CharDevice]</c>.</summary>
internal sealed class CharDeviceReader(Mistakes mistakes, CancellationToken cancel)
{
    private readonly Dictionary<CharOperationKind, (IMethodSymbol Method, AttributeData Attribute)> _bound = [];
    private readonly List<CharHandlerModel> _handlers = [];
    private readonly CharIoctlReader _ioctls = new(mistakes, cancel);

    public static CharDeviceModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        if (type.Attribute(AttributeNames.CharDevice) is not { } attribute || ShellOf(type, mistakes, cancel) is not { } shell)
            return null;
        if (type.Attribute(AttributeNames.RegisterBlock) is null && type.BaseNamed(AttributeNames.VfioDeviceBase) is null)
            mistakes.Add(CharRules.WrongPlace, attribute, type.Name);

        string name = attribute.Argument(0, "");
        if (NodeName.WhyNot(name) is { } why)
            mistakes.Add(CharRules.BadName, Place.Of(attribute, "name"), name, why);

        var reader = new CharDeviceReader(mistakes, cancel);
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            cancel.ThrowIfCancellationRequested();
            foreach ((CharOperation operation, AttributeData handled) in CharOperation.Of(method))
                reader.ReadHandler(method, operation, handled);
        }

        // Of a class that has no objects nothing can be served, and the compiler would refuse what is emitted.
        if (type.IsStatic)
            return null;
        return new CharDeviceModel(
            shell,
            name,
            reader._handlers.OrderBy(h => h.Kind).ToEquatableArray(),
            reader._ioctls.Models.OrderBy(i => i.Command).ToEquatableArray(),
            mistakes.Fatal);
    }

    // Whoever has another attribute on the class is told by its reader.
    private static TypeShell? ShellOf(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        bool told = type.Attribute(AttributeNames.PciDevice) is not null || type.Attribute(AttributeNames.VfioDevice) is not null
            || type.Attribute(AttributeNames.RegisterBlock) is not null;
        return TypeShell.Read(type, told ? new CountedMistakes() : mistakes, cancel);
    }

    private void ReadHandler(IMethodSymbol method, CharOperation operation, AttributeData attribute)
    {
        if (CharHandlerShape.IsUnfinished(method))
            return;
        if (operation.Kind == CharOperationKind.Ioctl)
        {
            _ioctls.Read(method, operation, attribute);
            return;
        }

        if (CharHandlerShape.Read(method, operation.Kind) is not { } handler)
            mistakes.Add(CharRules.WrongSignature, Place.Of(method), method.Name, operation.Call, operation.ShapesOf(method));
        else if (_bound.TryGetValue(operation.Kind, out (IMethodSymbol Method, AttributeData Attribute) other))
            mistakes.AddPair(CharRules.Duplicate, attribute, other.Attribute, other.Method.Name, operation.Call);
        else
        {
            _bound.Add(operation.Kind, (method, attribute));
            _handlers.Add(handler);
        }
    }
}
