import time, pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.actionplans.importing.place import *
from tests.plan_files.workbooks import long_workbook
from actionplans.services import imports
@pytest.mark.django_db
@pytest.mark.parametrize("rows",[1000,5000])
def test_speed(rows):
    draft=make_draft(); make.make_member(partnership=draft.plan.partnership, organisation=make.make_organisation(name="NHS Anytown CCG",type="clinical_commissioner"))
    c=long_workbook(rows)
    t=time.time()
    with CaptureQueriesContext(connection) as q: f=upload(draft,c)
    print("\nread",rows,round(time.time()-t,1),len(q)); print(f.state,f.refusal,counts(f),[ (x["text"],x["choices"][:3]) for x in f.found["questions"]])
    ans={}
    for x in f.found["questions"]:
        v=[c[0] for c in x["choices"]]; ans[x["key"]]= "red=not_started; green=completed; amber=in_progress" if x["kind"]=="rag_key" else v[0]
    t=time.time()
    f=work(imports.answer(f,ans,seen=f.version,by="t")); print("answer",round(time.time()-t,1)); print(f.found["questions"][:2],f.found["warnings"][:3])
    ans={x["key"]:x["choices"][0][0] for x in f.found["questions"]}
    if ans: f=work(imports.answer(f,ans,seen=f.version,by="t")); print(f.found["questions"][:2])
    t=time.time()
    with CaptureQueriesContext(connection) as q: f=apply(f)
    print("apply",round(time.time()-t,1),len(q),f.state,f.notice)
    t=time.time()
    f=upload(draft,c); print("again",round(time.time()-t,1),counts(f),len(f.found["questions"]))
    t=time.time(); f=apply(f); print("apply again",round(time.time()-t,1),f.state,f.notice)
