using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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

    private readonly List<MethodUse> _uses = [];

    /// <summary>Looks at the bodies that an author has written in one file; what is generated has none of interest.</summary>
    /// <remarks>
    /// By files, and not by actions for operations: for those the compiler would also walk what is generated for a thousand registers.
    /// A method in another file's part of the class is taken for one of another class.
    /// </remarks>
    public static void Watch(SemanticModelAnalysisContext context)
    {
        SyntaxNode root = context.SemanticModel.SyntaxTree.GetRoot(context.CancellationToken);
        foreach (TypeDeclarationSyntax part in root.DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            if (context.SemanticModel.GetDeclaredSymbol(part, context.CancellationToken) is not INamedTypeSymbol type
                || (type.Attribute(AttributeNames.RegisterBlock) is null && type.BaseNamed(VfioDevice) is null))
            {
                continue;
            }

            var bodies = new HandlerBodies();
            foreach (MemberDeclarationSyntax member in part.Members.Where(m => m is not BaseTypeDeclarationSyntax))
                bodies.Read(context.SemanticModel, member, context.CancellationToken);
            bodies.Report(type, part, context.ReportDiagnostic);
        }
    }

    private void Read(SemanticModel model, MemberDeclarationSyntax member, CancellationToken cancel)
    {
        foreach (SyntaxNode body in member.DescendantNodesAndSelf(static n => n is MemberDeclarationSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax or AccessorListSyntax).Where(IsBody))
        {
            // A property is used as a whole, and so its accessors are taken for it.
            SyntaxNode named = body.FirstAncestorOrSelf<SyntaxNode>(static n => n is VariableDeclaratorSyntax or MemberDeclarationSyntax)!;
            if (model.GetDeclaredSymbol(named, cancel) is not { } user || model.GetOperation(body, cancel) is not { } whole)
                continue;
            foreach (IOperation operation in whole.DescendantsAndSelf())
                Note(user, operation);
        }
    }

    // A method and an accessor with their body, an arrow of a property, an initialiser.
    private static bool IsBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        ArrowExpressionClauseSyntax arrow => arrow.Parent is BasePropertyDeclarationSyntax,
        EqualsValueClauseSyntax value => value.Parent is PropertyDeclarationSyntax or VariableDeclaratorSyntax,
        _ => false,
    };

    private void Note(ISymbol user, IOperation operation)
    {
        ISymbol? used = operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            IMethodReferenceOperation method => method.Method,
            _ => null,
        };
        if (used is not null && !IsNamed(operation) && !(ClientRequests.Are(used) && IsAfterAwait(operation.Syntax)))
            _uses.Add(new MethodUse(user, used.OriginalDefinition, operation.Syntax.GetLocation(), UseOf(operation)));
    }

    // What follows an await does not run where its method was called, and so not on the device's lock.
    private static bool IsAfterAwait(SyntaxNode use)
    {
        SyntaxNode? body = use.FirstAncestorOrSelf<SyntaxNode>(static n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
        return body is not null && body.DescendantNodes().OfType<AwaitExpressionSyntax>().Any(a => a.Span.End <= use.SpanStart);
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
                return !IsAsynchronous(at) && TakerOf(at) is { } taker && IsOfSdk(taker) ? UseKind.Callback : UseKind.Elsewhere;
        }

        return operation is IMethodReferenceOperation ? UseKind.Elsewhere
            : operation is IInvocationOperation { Instance: { } instance } && IsSelf(instance) ? UseKind.CallOnSelf
            : UseKind.Call;
    }

    // Work that returns a task is not run on the device's lock, whoever it is given to.
    private static bool IsAsynchronous(IOperation creation)
    {
        ITypeSymbol? returned = creation is IAnonymousFunctionOperation function
            ? function.Symbol.ReturnType
            : (creation.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType;
        return returned?.ToDisplayString() is { } name
            && (name.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
                || name.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal));
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

    private void Report(INamedTypeSymbol type, TypeDeclarationSyntax part, Action<Diagnostic> report)
    {
        HashSet<ISymbol> run = Reached(type, _uses);
        foreach (MethodUse use in _uses.Where(u => u.Kind == UseKind.Callback || (u.Kind != UseKind.Elsewhere && run.Contains(u.User))))
        {
            string shown = use.Used is IMethodSymbol { ContainingType: var holder } ? $"{holder.Name}.{use.Used.Name}" : use.Used.Name;
            if (Waits.Are(use.Used))
                report(Diagnostic.Create(HandlerBodyRules.Blocks, use.Place, shown, use.User.Name));
            else if (ClientRequests.Are(use.Used))
                report(Diagnostic.Create(HandlerBodyRules.AsksClient, use.Place, shown, use.User.Name, ClientRequests.InsteadOf(use.Used)));
            else if (use.Kind == UseKind.CallOnSelf && (use.Used.Name is "TryReadLane" or "TryWriteLane"))
                report(Diagnostic.Create(HandlerBodyRules.Recurses, use.Place, use.Used.Name, use.User.Name));
        }

        if (type.Attribute(AttributeNames.RegisterBlock) is not null)
            UnboundHandlers.Report(type, part, report);
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

    // Attributes of a device run on its lock too, and so do its file operations, and a guest waits for that.
    private static bool IsRun(ISymbol member) => member is IMethodSymbol or IPropertySymbol
        && ((member.Attribute(AttributeNames.OnRead) ?? member.Attribute(AttributeNames.OnWrite)
            ?? member.Attribute(AttributeNames.OnReset) ?? member.Attribute(AttributeNames.MdevAttribute)) is not null
            || (member is IMethodSymbol method && CharHandlers.IsOnLock(method)));
}
