using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads methods with <c>[OnRead]</c>, <c>[OnWrite]</c> and <c>[OnReset]</c>.</summary>
internal static class HandlerReader
{
    public static void Read(BlockDraft block, IMethodSymbol method, int order)
    {
        foreach (AttributeData attribute in method.Attributes(AttributeNames.OnRead))
            ReadOne(block, method, attribute, write: false, order);
        foreach (AttributeData attribute in method.Attributes(AttributeNames.OnWrite))
            ReadOne(block, method, attribute, write: true, order);
        if (method.Attribute(AttributeNames.OnReset) is not null && IsSynchronous(block, method))
        {
            if (method is { ReturnsVoid: true, Parameters.IsEmpty: true, Arity: 0 })
                block.ResetMethods.Add(method.InDispatch());
            else
                block.Mistakes.Add(HandlerRules.WrongSignature, Place.Of(method), method.Name, "a reset", $"void {method.Name}()");
        }
    }

    private static void ReadOne(BlockDraft block, IMethodSymbol method, AttributeData attribute, bool write, int order)
    {
        if (!IsSynchronous(block, method))
            return;
        if (attribute.Argument<string?>(0, null) is { } name)
            ReadStored(block, method, attribute, name, write);
        else if (attribute.ConstructorArguments is [{ Value: uint offset }, ..])
            ReadPort(block, method, attribute, offset, write, order);
    }

    private static void ReadStored(BlockDraft block, IMethodSymbol method, AttributeData attribute, string name, bool write)
    {
        foreach (string argument in new[] { "When", "Unless", "Name" })
        {
            if (attribute.HasNamed(argument))
                block.Mistakes.Add(HandlerRules.Misplaced, Place.Of(attribute, argument), argument, name);
        }

        RegisterDraft? register = block.Registers.FirstOrDefault(r => r.Model.Storage is not null && r.Symbol.Name == name);
        if (register is null)
        {
            // A property that has the attribute and yet is no register has its own mistake; one is enough.
            bool reported = block.Type.GetMembers(name).Any(m => m.Attribute(AttributeNames.Register) is not null);
            if (!reported)
                block.Mistakes.Add(HandlerRules.NoRegister, attribute, block.Type.Name, name);
            return;
        }

        ITypeSymbol type = ((IPropertySymbol)register.Symbol).Type;
        Handler? handler = write ? HandlerShape.StoredWrite(method, type) : HandlerShape.StoredRead(method, type);
        if (handler is null)
        {
            string shape = write
                ? $"void {method.Name}({type.Shown()} value), void {method.Name}({type.Shown()} old, {type.Shown()} value), or either returning {type.Shown()}"
                : $"{type.Shown()} {method.Name}() or {type.Shown()} {method.Name}({type.Shown()} stored)";
            block.Mistakes.Add(
                HandlerRules.WrongSignature, Place.Of(method), method.Name, $"{(write ? "writes" : "reads")} of '{name}'", shape);
            return;
        }

        RegisterModel model = register.Model;
        if ((write ? model.OnWrite : model.OnRead) is { } other)
        {
            block.Mistakes.AddPair(
                HandlerRules.Duplicate, attribute, Place.Of(register.Symbol), other.Method, write ? "writes" : "reads", name);
            return;
        }

        register.Model = write ? model with { OnWrite = handler } : model with { OnRead = handler };
    }

    private static void ReadPort(
        BlockDraft block, IMethodSymbol method, AttributeData attribute, uint offset, bool write, int order)
    {
        string name = attribute.Named("Name", method.Name);
        EquatableArray<Condition> conditions = ConditionReader.Read(block, attribute);
        if (HandlerShape.PortValue(method, write) is not { } value)
        {
            string shape = write ? $"void {method.Name}(byte value)" : $"byte {method.Name}()";
            block.Mistakes.Add(
                HandlerRules.WrongSignature,
                Place.Of(method),
                method.Name,
                $"{(write ? "writes" : "reads")} at 0x{offset:x2}",
                $"{shape}, with the register's type for byte");
            return;
        }

        if (RegisterType.Read(value) is not { } type)
        {
            if (value.TypeKind != TypeKind.Error)
                block.Mistakes.Add(RegisterRules.BadType, Place.Of(method), name, $"is of type '{value.Shown()}'");
            return;
        }

        var handler = new Handler(method.InDispatch(), TakesStored: false, Returns: !write);
        var model = new RegisterModel(
            name,
            offset,
            type,
            conditions,
            order,
            Storage: null,
            type.Ones,
            Reset: 0,
            OnRead: write ? null : handler,
            OnWrite: write ? handler : null);
        block.Registers.Add(new RegisterDraft(method, attribute, model));
    }

    private static bool IsSynchronous(BlockDraft block, IMethodSymbol method)
    {
        if (!method.IsAsync && !method.ReturnType.Is("System.Threading.Tasks.Task") && !method.ReturnType.Is("System.Threading.Tasks.Task`1")
            && !method.ReturnType.Is("System.Threading.Tasks.ValueTask") && !method.ReturnType.Is("System.Threading.Tasks.ValueTask`1"))
        {
            return true;
        }

        block.Mistakes.Add(HandlerRules.Async, Place.Of(method), method.Name);
        return false;
    }
}
