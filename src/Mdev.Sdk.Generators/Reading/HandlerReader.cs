using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
            bool asks = method.Parameters is [var kind] && kind.Type.Is(AttributeNames.ResetKind) && kind.RefKind == RefKind.None;
            if (method is { ReturnsVoid: true, Arity: 0 } && (asks || method.Parameters.IsEmpty))
                block.ResetMethods.Add(method.InDispatch() + (asks ? "(kind)" : "()"));
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
        foreach (string argument in new[] { "When", "Unless", "Name", "Split" })
        {
            if (attribute.HasNamed(argument))
                block.Mistakes.Add(HandlerRules.Misplaced, Place.Of(attribute, argument), argument, name);
        }

        if (block.Arrays.FirstOrDefault(a => a.Symbol.Name == name && !a.Model.IsAlias) is { } array)
        {
            ReadElement(block, method, attribute, array, write);
            return;
        }

        RegisterDraft? register = block.Registers.FirstOrDefault(r => r.Model is { Storage: not null, IsAlias: false } && r.Symbol.Name == name);
        if (register is null)
        {
            // A property that has the attribute and yet is no register has its own mistake; one is enough.
            bool reported = block.Type.GetMembers(name).Any(m => m.Attribute(AttributeNames.Register) is not null || m.Attribute(AttributeNames.RegisterArray) is not null);
            if (!reported)
                block.Mistakes.Add(HandlerRules.NoRegister, attribute, block.Type.Name, name);
            return;
        }

        ITypeSymbol type = ((IPropertySymbol)register.Symbol).Type;
        Handler? handler = write ? HandlerShape.StoredWrite(method, type, indexed: false) : HandlerShape.StoredRead(method, type, indexed: false);
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

        handler = handler with { Pure = attribute.Named("Pure", false) };
        foreach (RegisterDraft address in block.Registers.Where(r => r.Model.Storage == model.Storage))
            address.Model = write ? address.Model with { OnWrite = handler } : address.Model with { OnRead = handler };
    }

    private static void ReadElement(
        BlockDraft block, IMethodSymbol method, AttributeData attribute, RegisterArrayDraft array, bool write)
    {
        ITypeSymbol type = array.Element;
        string name = array.Symbol.Name, index = array.Index?.Shown() ?? "int";
        Handler? handler = write ? HandlerShape.StoredWrite(method, type, indexed: true, array.Index) : HandlerShape.StoredRead(method, type, indexed: true, array.Index);
        RegisterModel element = array.Model.Element;
        if (handler is null)
        {
            string shape = write
                ? $"void {method.Name}({index} index, {type.Shown()} value), void {method.Name}({index} index, {type.Shown()} old, {type.Shown()} value), or either returning {type.Shown()}"
                : $"{type.Shown()} {method.Name}({index} index) or {type.Shown()} {method.Name}({index} index, {type.Shown()} stored)";
            block.Mistakes.Add(
                HandlerRules.WrongSignature, Place.Of(method), method.Name, $"{(write ? "writes" : "reads")} of '{name}'", shape);
        }
        else if ((write ? element.OnWrite : element.OnRead) is { } other)
        {
            block.Mistakes.AddPair(
                HandlerRules.Duplicate, attribute, Place.Of(array.Symbol), other.Method, write ? "writes" : "reads", name);
        }
        else
        {
            handler = handler with { Pure = attribute.Named("Pure", false) };
            foreach (RegisterArrayDraft address in block.Arrays.Where(a => a.Model.Element.Storage == element.Storage))
                address.Model = address.Model with { Element = With(address.Model.Element) };
            foreach (RegisterDraft window in block.Registers.Where(r => r.Model.Storage == element.Storage && r.Model.Opens(write)))
                window.Model = With(window.Model);

            RegisterModel With(RegisterModel model) => write ? model with { OnWrite = handler } : model with { OnRead = handler };
        }
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

        var handler = new Handler(method.InDispatch(), TakesStored: false, Returns: !write, attribute.Named("Pure", false))
        {
            TakesAccess = HandlerShape.TakesAccess(method),
        };
        if (!write && !handler.Pure)
            block.Mistakes.Add(HandlerRules.Impure, attribute, name, method.Name);
        var model = new RegisterModel(
            name,
            offset,
            type,
            conditions,
            order,
            Storage: null,
            new AccessMasks(),
            Claims: 0,
            Reset: 0,
            ResetOn: 0,
            Gate: null,
            IsAlias: false,
            IsConstant: false,
            OnRead: write ? null : handler,
            OnWrite: write ? handler : null)
        {
            Split = attribute.Named("Split", 0),
        };
        block.Registers.Add(new RegisterDraft(method, attribute, model));
    }

    private static bool IsSynchronous(BlockDraft block, IMethodSymbol method)
    {
        if (!method.IsAsync && !IsIterator(method, block.Cancel) && !method.ReturnType.Is("System.Threading.Tasks.Task") && !method.ReturnType.Is("System.Threading.Tasks.Task`1")
            && !method.ReturnType.Is("System.Threading.Tasks.ValueTask") && !method.ReturnType.Is("System.Threading.Tasks.ValueTask`1"))
        {
            return true;
        }

        block.Mistakes.Add(HandlerRules.Async, Place.Of(method), method.Name);
        return false;
    }

    // Nothing but the body tells an iterator, and one that nobody enumerates does nothing.
    private static bool IsIterator(IMethodSymbol method, CancellationToken cancel) =>
        method.ReturnType is INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" }
        && method.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancel)
            .DescendantNodes(static n => n is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(static n => n is YieldStatementSyntax));
}
