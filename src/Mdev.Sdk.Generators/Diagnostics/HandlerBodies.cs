using System.Collections.Concurrent;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>
/// Follows what the handlers, resets and callbacks of one block or device call, through the methods of the same class. What
/// another class does is not followed: there the rule would be the reader's guess.
/// </summary>
internal sealed class HandlerBodies
{
    private const string VfioDevice = "Mdev.Sdk.Device.VfioDevice";

    private readonly ConcurrentBag<MethodUse> _uses = [];

    public static void Watch(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Attribute(AttributeNames.RegisterBlock) is null && type.BaseNamed(VfioDevice) is null)
            return;
        var bodies = new HandlerBodies();
        context.RegisterOperationAction(
            bodies.Note, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.MethodReference);
        context.RegisterSymbolEndAction(end => bodies.Report(type, end.ReportDiagnostic));
    }

    private void Note(OperationAnalysisContext context)
    {
        ISymbol? used = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            IMethodReferenceOperation method => method.Method,
            _ => null,
        };
        if (used is null || IsNamed(context.Operation))
            return;

        // A property is used as a whole, and so its accessors are taken for it.
        ISymbol user = context.ContainingSymbol is IMethodSymbol { AssociatedSymbol: { } whole } ? whole : context.ContainingSymbol;
        _uses.Add(new MethodUse(user, used.OriginalDefinition, context.Operation.Syntax.GetLocation(), UseOf(context.Operation)));
    }

    // nameof mentions a method, and runs nothing.
    private static bool IsNamed(IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is INameOfOperation)
                return true;
        }

        return false;
    }

    private static UseKind UseOf(IOperation operation)
    {
        for (IOperation? at = operation; at is not null; at = at.Parent)
        {
            if (at is IDelegateCreationOperation or IAnonymousFunctionOperation)
                return TakerOf(at) is { } taker && IsOfSdk(taker) ? UseKind.Callback : UseKind.Elsewhere;
        }

        return operation is IMethodReferenceOperation ? UseKind.Elsewhere
            : operation is IInvocationOperation { Instance: { } instance } && IsSelf(instance) ? UseKind.CallOnSelf
            : UseKind.Call;
    }

    private static bool IsSelf(IOperation instance)
    {
        while (instance is IConversionOperation or IParenthesizedOperation)
            instance = instance is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)instance).Operand;
        return instance is IInstanceReferenceOperation;
    }

    // Who is given the delegate, as an argument.
    private static ISymbol? TakerOf(IOperation creation)
    {
        IOperation? at = creation.Parent;
        while (at is IDelegateCreationOperation or IConversionOperation)
            at = at.Parent;
        return at is not IArgumentOperation argument ? null : argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation made => made.Constructor,
            _ => null,
        };
    }

    private static bool IsOfSdk(ISymbol symbol) =>
        symbol.ContainingAssembly?.Name == "Mdev.Sdk";

    private void Report(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        var comparer = SymbolEqualityComparer.Default;
        List<MethodUse> uses = [.. _uses.Where(u => comparer.Equals(u.User.ContainingType, type))];
        HashSet<ISymbol> run = Reached(type, uses);
        foreach (MethodUse use in uses.Where(u => u.Kind == UseKind.Callback || (u.Kind != UseKind.Elsewhere && run.Contains(u.User))))
        {
            string shown = use.Used is IMethodSymbol { ContainingType: var holder } ? $"{holder.Name}.{use.Used.Name}" : use.Used.Name;
            if (Waits.Are(use.Used))
                report(Diagnostic.Create(HandlerBodyRules.Blocks, use.Place, shown, use.User.Name));
            else if (use.Kind == UseKind.CallOnSelf && (use.Used.Name is "TryReadLane" or "TryWriteLane"))
                report(Diagnostic.Create(HandlerBodyRules.Recurses, use.Place, use.Used.Name, use.User.Name));
        }

        if (type.Attribute(AttributeNames.RegisterBlock) is not null)
            UnboundHandlers.Report(type, [.. uses.Select(u => u.Used)], report);
    }

    private static HashSet<ISymbol> Reached(INamedTypeSymbol type, List<MethodUse> uses)
    {
        var reached = new HashSet<ISymbol>(type.GetMembers().Where(IsRun), SymbolEqualityComparer.Default);
        foreach (MethodUse use in uses.Where(u => u.Kind == UseKind.Callback))
            reached.Add(use.Used);

        var open = new Queue<ISymbol>(reached);
        while (open.Count > 0)
        {
            ISymbol user = open.Dequeue();
            foreach (MethodUse use in uses)
            {
                bool follows = use.Kind is UseKind.Call or UseKind.CallOnSelf
                    && SymbolEqualityComparer.Default.Equals(use.User, user)
                    && SymbolEqualityComparer.Default.Equals(use.Used.ContainingType, type);
                if (follows && reached.Add(use.Used))
                    open.Enqueue(use.Used);
            }
        }

        return reached;
    }

    private static bool IsRun(ISymbol member) => member is IMethodSymbol method
        && (method.Attribute(AttributeNames.OnRead) ?? method.Attribute(AttributeNames.OnWrite) ?? method.Attribute(AttributeNames.OnReset)) is not null;
}
